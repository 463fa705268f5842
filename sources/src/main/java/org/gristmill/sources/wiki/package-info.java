/** MediaWiki exports and wikitext. */
package org.gristmill.sources.wiki;
