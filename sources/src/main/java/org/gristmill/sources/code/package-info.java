/** Source code, single files and archives. */
package org.gristmill.sources.code;
