// Package canvas draws pictures that fit the page they are shown on.
//
// A colour here is a [Role], "the ink", "the second series", and a role knows
// two colours, one for a light page and one for a dark page. An [SVG] is a
// gonum/plot canvas that keeps the roles: the file it writes switches with the
// page's colour scheme, and every element also carries its light colour as a
// presentation attribute, for viewers that drop style sheets. The same drawing
// calls on vgimg give the PNG.
//
// The pieces, from the bottom up:
//
//   - [Role] and the palette: what may be drawn in which colours;
//   - [SVG]: a vg.Canvas, with groups, titles and text anchors on top;
//   - [Sheet]: drawing in pixels from the top left, on any vg.Canvas;
//   - [Picture]: a sized drawing on a card, as SVG and as PNG;
//   - [Plot]: any gonum plot as such a picture, in the theme;
//   - [Thin], [LogScale], [Segments]: long lines, zeros on a log axis, gaps.
//
// # Sameness
//
// The same drawing gives the same bytes on every machine: no map is ranged over
// unsorted, coordinates are rounded so that a last-bit difference between
// processors cannot show, and text is measured with the embedded Liberation
// fonts, never with those of the system. Arial and Helvetica have the same
// advance widths, so a page without Liberation lays the text out alike.
package canvas
