/** The settings mechanism: one description of each setting, from which reading, help and the reference table follow. */
package io.millrace.settings;
