/**
 * Pipelines on Spark and Delta: conf, jobs, the runner that alone commits, and the command line.
 */
package org.gristmill.jobs;
