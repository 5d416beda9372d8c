/** The settings of the lake that every writer shares. */
package io.millrace.pipeline;
