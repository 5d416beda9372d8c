/**
 * The settings mechanism. A {@link io.millrace.settings.Setting} is data: names, meaning, what is allowed, default,
 * secret or not. {@link io.millrace.settings.Settings} has the kinds, {@link io.millrace.settings.SharedSettings}
 * those that several processes have. {@link io.millrace.settings.SettingReader} reads them, {@link
 * io.millrace.settings.Reference} prints them.
 *
 * <p>No dependencies: every process has it.
 */
package io.millrace.settings;
