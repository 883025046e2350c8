export * from './product';
export * from './outer';
export * from './elementwise';
export * from './lstm';
