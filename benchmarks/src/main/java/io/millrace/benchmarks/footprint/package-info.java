/** What a loader takes of a machine, and of time, to begin and to begin again. */
package io.millrace.benchmarks.footprint;
