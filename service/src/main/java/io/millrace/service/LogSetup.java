package io.millrace.service;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's log: to standard output, in one form for all processes. It is set up in code, because level and format
 * are variables, and nobody should edit a file for them. For one thread: {@link #apply} is called once, before
 * anything is logged.
 */
public final class LogSetup {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0}: %msg%n";

    /** They tell at INFO what they do, at WARN what goes wrong. */
    private static final List<String> CHATTY =
            List.of("software.amazon", "com.amazonaws", "io.netty", "org.eclipse.jetty");

    private final LogLevel level;
    private final LogFormat format;
    private final Map<String, LogLevel> limits = new LinkedHashMap<>();
    private final List<String> muted = new ArrayList<>();
    private final List<TurboFilter> filters = new ArrayList<>();

    private LogSetup(LogLevel level, LogFormat format) {
        this.level = level;
        this.format = format;
        CHATTY.forEach(name -> limits.put(name, LogLevel.WARN));
    }

    /** @param level the lowest that is logged */
    public static LogSetup of(LogLevel level, LogFormat format) {
        return new LogSetup(level, format);
    }

    /** Lets only this level and what is graver through of a library's logger; at DEBUG and TRACE, INFO too. */
    public LogSetup limit(String logger, LogLevel least) {
        limits.put(logger, least);
        return this;
    }

    /** Silences a library's logger whose lines our own tell better; at DEBUG and TRACE it speaks from INFO on. */
    public LogSetup mute(String logger) {
        muted.add(logger);
        return this;
    }

    /** Asks this about every line beforehand. */
    public LogSetup filter(TurboFilter filter) {
        filters.add(filter);
        return this;
    }

    /** Puts it in force, in place of what was. */
    public void apply() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = format == LogFormat.JSON ? json(context) : text(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        for (TurboFilter filter : filters) {
            filter.setContext(context);
            filter.start();
            context.addTurboFilter(filter);
        }
        boolean all = level.compareTo(LogLevel.INFO) > 0;
        limits.forEach(
                (name, least) -> set(context, name, all ? LogLevel.INFO : level.compareTo(least) < 0 ? level : least));
        muted.forEach(name -> {
            if (all) {
                set(context, name, LogLevel.INFO);
            } else {
                context.getLogger(name).setLevel(ch.qos.logback.classic.Level.OFF);
            }
        });
        set(context, Logger.ROOT_LOGGER_NAME, level);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
    }

    private static void set(LoggerContext context, String logger, LogLevel level) {
        context.getLogger(logger).setLevel(ch.qos.logback.classic.Level.valueOf(level.name()));
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
