/** The least that can be compiled: the measure of a start. */
console.log("hello");
