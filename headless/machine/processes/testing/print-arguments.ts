/** Prints what it was started with; its types are nothing that Node loads by itself. */
const args: readonly string[] = process.argv.slice(2);
console.log(JSON.stringify(args));
