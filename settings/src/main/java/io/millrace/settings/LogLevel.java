package io.millrace.settings;

/** LOG_LEVEL: a process logs lines of this level and of those before it. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
