package diagram
import ("testing";"os")
func TestZZ(t *testing.T){
 for name,d:=range map[string]Diagram{"1linear":linear(),"2grad":withGradients(linear()),"3path":backTo(linear()),"3gradpath":backTo(withGradients(linear())),"4net":network(),"5quad":quadratic()} {
  p:=d.Picture()
  os.WriteFile("/tmp/gp/"+name+".svg",p.SVG(),0o644)
  b,err:=p.PNG(); if err!=nil {t.Fatal(err)}
  os.WriteFile("/tmp/gp/"+name+".png",b,0o644)
  t.Log(name,len(p.SVG()),len(b))
 }
}
