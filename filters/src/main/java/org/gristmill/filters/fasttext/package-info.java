/** Reads supervised models of fastText and predicts as fastText does. */
package org.gristmill.filters.fasttext;
