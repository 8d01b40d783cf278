/** The version of whyface; part of `analysis.id`. A test holds it against package.json. */
export const VERSION = '0.1.0';
