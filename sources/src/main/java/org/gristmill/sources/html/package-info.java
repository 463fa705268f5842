/** HTML pages to plain text. */
package org.gristmill.sources.html;
