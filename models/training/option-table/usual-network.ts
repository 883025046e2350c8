/** The network of the zoo that is trained when none is named: small, quick, and it has a memory. */
export const USUAL_NETWORK = 'cnn-lstm';
