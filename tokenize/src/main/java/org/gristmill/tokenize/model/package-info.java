/** What the models of all file formats share: vocabularies, tries, merges, caches of words. */
package org.gristmill.tokenize.model;
