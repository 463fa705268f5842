/** HTML5's parser, from characters into flat arrays. */
package org.gristmill.sources.html.parser;
