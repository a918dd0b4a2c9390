// The pure protocol machine: everything that other parts may import from rmc-core is exported here.
export {};
