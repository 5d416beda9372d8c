package io.millrace.settings;

/** LOG_FORMAT: lines for people, or one JSON object a line for machines. */
public enum LogFormat {
    TEXT,
    JSON
}
