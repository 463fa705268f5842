/**
 * What a model is to learn of a document: pieces of tokens, and what is said of each token, all
 * made before packing. {@link org.gristmill.tokenize.objective.Objective} is the contract.
 */
package org.gristmill.tokenize.objective;
