/** What an operator should look at: rules over what the dashboard knows, and where to send what they find. */
package io.millrace.dashboard.alert;
