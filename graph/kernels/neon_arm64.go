package kernels

// The functions that are written in assembly: element by element, reductions, products.

func addVV64neon(dst, a, b []float64, s, t float64)
func addVS64neon(dst, a, b []float64, s, t float64)
func subVV64neon(dst, a, b []float64, s, t float64)
func subVS64neon(dst, a, b []float64, s, t float64)
func subSV64neon(dst, a, b []float64, s, t float64)
func mulVV64neon(dst, a, b []float64, s, t float64)
func mulVS64neon(dst, a, b []float64, s, t float64)
func divVV64neon(dst, a, b []float64, s, t float64)
func divVS64neon(dst, a, b []float64, s, t float64)
func divSV64neon(dst, a, b []float64, s, t float64)
func maxVV64neon(dst, a, b []float64, s, t float64)
func maxVS64neon(dst, a, b []float64, s, t float64)
func minVV64neon(dst, a, b []float64, s, t float64)
func minVS64neon(dst, a, b []float64, s, t float64)
func gtVV64neon(dst, a, b []float64, s, t float64)
func gtVS64neon(dst, a, b []float64, s, t float64)
func geVV64neon(dst, a, b []float64, s, t float64)
func geVS64neon(dst, a, b []float64, s, t float64)
func eqVV64neon(dst, a, b []float64, s, t float64)
func eqVS64neon(dst, a, b []float64, s, t float64)
func negate64neon(dst, a, b []float64, s, t float64)
func abs64neon(dst, a, b []float64, s, t float64)
func sqrt64neon(dst, a, b []float64, s, t float64)
func exp64neon(dst, a, b []float64, s, t float64)
func sigmoid64neon(dst, a, b []float64, s, t float64)
func tanh64neon(dst, a, b []float64, s, t float64)
func log64neon(dst, a, b []float64, s, t float64)
func axpb64neon(dst, a, b []float64, s, t float64)
func axpy64neon(dst, a, b []float64, s, t float64)
func axpbMinus64neon(dst, a, b []float64, s, t float64)
func choose64neon(dst, a, b, c []float64)

func sum64neon(a []float64) float64
func dot64neon(a, b []float64) float64
func largest64neon(a []float64) float64
func smallest64neon(a []float64) float64

func product64neon(k int, a *float64, down, across int, b, c *float64, stride int, add bool)
func narrow64neon(k int, a *float64, down, across int, b, c *float64, stride int, add bool)

func addVV32neon(dst, a, b []float32, s, t float32)
func addVS32neon(dst, a, b []float32, s, t float32)
func subVV32neon(dst, a, b []float32, s, t float32)
func subVS32neon(dst, a, b []float32, s, t float32)
func subSV32neon(dst, a, b []float32, s, t float32)
func mulVV32neon(dst, a, b []float32, s, t float32)
func mulVS32neon(dst, a, b []float32, s, t float32)
func divVV32neon(dst, a, b []float32, s, t float32)
func divVS32neon(dst, a, b []float32, s, t float32)
func divSV32neon(dst, a, b []float32, s, t float32)
func maxVV32neon(dst, a, b []float32, s, t float32)
func maxVS32neon(dst, a, b []float32, s, t float32)
func minVV32neon(dst, a, b []float32, s, t float32)
func minVS32neon(dst, a, b []float32, s, t float32)
func gtVV32neon(dst, a, b []float32, s, t float32)
func gtVS32neon(dst, a, b []float32, s, t float32)
func geVV32neon(dst, a, b []float32, s, t float32)
func geVS32neon(dst, a, b []float32, s, t float32)
func eqVV32neon(dst, a, b []float32, s, t float32)
func eqVS32neon(dst, a, b []float32, s, t float32)
func negate32neon(dst, a, b []float32, s, t float32)
func abs32neon(dst, a, b []float32, s, t float32)
func sqrt32neon(dst, a, b []float32, s, t float32)
func exp32neon(dst, a, b []float32, s, t float32)
func sigmoid32neon(dst, a, b []float32, s, t float32)
func tanh32neon(dst, a, b []float32, s, t float32)
func log32neon(dst, a, b []float32, s, t float32)
func axpb32neon(dst, a, b []float32, s, t float32)
func axpy32neon(dst, a, b []float32, s, t float32)
func axpbMinus32neon(dst, a, b []float32, s, t float32)
func choose32neon(dst, a, b, c []float32)

func sum32neon(a []float32) float32
func dot32neon(a, b []float32) float32
func largest32neon(a []float32) float32
func smallest32neon(a []float32) float32

func product32neon(k int, a *float32, down, across int, b, c *float32, stride int, add bool)
func narrow32neon(k int, a *float32, down, across int, b, c *float32, stride int, add bool)
