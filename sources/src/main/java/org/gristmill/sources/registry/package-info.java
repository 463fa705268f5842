/** All sources by name. */
package org.gristmill.sources.registry;
