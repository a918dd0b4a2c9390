// The library's entry: what `import … from 'rmc-emu'` gives.
export {};
