// An assembly file, if empty, lets the package declare functions without body:
// see genValue.
