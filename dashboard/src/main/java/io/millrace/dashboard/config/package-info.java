/**
 * What the process can be told: each setting is described once, in {@link
 * io.millrace.dashboard.config.DashboardSettings}.
 */
package io.millrace.dashboard.config;
