/** Books and documents, by way of Tika. */
package org.gristmill.sources.book;
