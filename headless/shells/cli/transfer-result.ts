/** Said behind the count of an import or export that was stopped. */
export const STOPPED = '; stopped early, the same command goes on with it';
