/** What the process can be told: each setting is described once, in {@link io.millrace.dashboard.config.Setting}. */
package io.millrace.dashboard.config;
