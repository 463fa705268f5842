/** Web archives: WARC, ARC and WET. */
package org.gristmill.sources.web;
