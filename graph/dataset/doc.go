// Package dataset brings tables of data to a graph: it reads CSV files, shuffles and
// splits examples, deals them out in batches, and scales columns.
//
//	table, err := dataset.ReadCSV("houses.csv")
//	train, test := table.Shuffle(1).Split(0.8)
//	sizes, err := train.Matrix("width", "length")
//	scaler := dataset.NewScaler(sizes)
//	graph.Feed{x: scaler.Scale(sizes)}
//
// A table does not change; what makes another of it leaves it as it is.
package dataset
