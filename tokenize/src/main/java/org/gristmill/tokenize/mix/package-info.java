/** Mixtures of groups of sequences: what a run draws of which, reckoned in whole numbers. */
package org.gristmill.tokenize.mix;
