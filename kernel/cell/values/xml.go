package values

import (
	"bytes"
	"encoding/xml"
	"reflect"
	"strings"
)

// The functions in this file take the place of their namesakes in package
// encoding/xml, which names elements after types and looks for methods.

// XMLMarshal is xml.Marshal.
func (r *Registry) XMLMarshal(x any) ([]byte, error) { return r.XMLMarshalIndent(x, "", "") }

// XMLMarshalIndent is xml.MarshalIndent.
func (r *Registry) XMLMarshalIndent(x any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	e.Indent(prefix, indent)
	if err := r.XMLEncode(e, x); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}

// XMLEncode is the method Encode of an xml.Encoder.
func (r *Registry) XMLEncode(to *xml.Encoder, x any) error {
	t, v := r.dynamic(x)
	if v == nil {
		return to.Encode(nil)
	}
	return r.xmlElement(to, reflect.ValueOf(v), t)
}

// XMLEncodeElement is the method EncodeElement of an xml.Encoder.
func (r *Registry) XMLEncodeElement(to *xml.Encoder, x any, start xml.StartElement) error {
	t, v := r.dynamic(x)
	if v == nil {
		return to.EncodeElement(nil, start)
	}
	return to.EncodeElement(r.xmlCopy(reflect.ValueOf(v), t), start)
}

// xmlCopy is a value with the methods that package xml looks for.
func (r *Registry) xmlCopy(v reflect.Value, t *Type) any {
	e := &encoder{r: r, methods: []string{"MarshalXML", "MarshalXMLAttr", "MarshalText"}}
	return e.convert(v, t, 0).Interface()
}

func (r *Registry) xmlElement(to *xml.Encoder, v reflect.Value, t *Type) error {
	if !own(t) {
		t = r.typeOf(v.Type())
	}
	if list := v.Kind() == reflect.Slice || v.Kind() == reflect.Array; list && (own(elem(t)) || r.typeOf(v.Type().Elem()) != nil) {
		for i := range v.Len() {
			if err := r.xmlElement(to, v.Index(i), elem(t)); err != nil {
				return err
			}
		}
		return nil
	}
	copied := r.xmlCopy(v, t)
	if name := r.elementName(t); name != "" {
		return to.EncodeElement(copied, xml.StartElement{Name: xml.Name{Local: name}})
	}
	return to.Encode(copied)
}

// elementName is the name of the element for a value of a cell's type, "" if it is
// another's or tells its name itself.
func (r *Registry) elementName(t *Type) string {
	for t != nil && t.Kind == reflect.Pointer {
		t = t.Elem
	}
	if !own(t) {
		return ""
	}
	for _, f := range t.Fields {
		if f.Name == "XMLName" {
			return ""
		}
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(cleanName(t.Name), "main."), "[")
	return name
}

// An element calls the MarshalXML method of a cell's type.
type element struct {
	call func(*xml.Encoder, xml.StartElement) error
}

func (e element) MarshalXML(to *xml.Encoder, start xml.StartElement) error { return e.call(to, start) }

// An attribute calls the MarshalXMLAttr method of a cell's type.
type attribute struct {
	call func(xml.Name) (xml.Attr, error)
}

func (a attribute) MarshalXMLAttr(name xml.Name) (xml.Attr, error) { return a.call(name) }
