/** What a benchmark is to whoever runs it: its interface, its figures and the options of a run. */
package io.millrace.benchmarks.api;
