package io.millrace.consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.millrace.consumer.kcl.KclNoise;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sets logging up from settings, in code: level and format are variables, and no file is to be edited for them. */
final class LogSetup {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0}: %msg%n";

    /** KCL and the SDK tell at INFO what they do, at WARN what goes wrong. */
    private static final List<String> CHATTY = List.of("software.amazon", "com.amazonaws", "io.netty");

    /** What of KCL's our own lines tell better, or what is no news. */
    private static final List<String> REPETITIVE = List.of(
            "software.amazon.kinesis.coordinator.DiagnosticEventLogger",
            "software.amazon.kinesis.lifecycle.ShardConsumerSubscriber");

    private LogSetup() {}

    static void apply(LogLevel level, LogFormat format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = format == LogFormat.JSON ? json(context) : text(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        KclNoise noise = new KclNoise();
        noise.setContext(context);
        noise.start();
        context.addTurboFilter(noise);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(level.name()));
        root.addAppender(console);
        boolean all = level == LogLevel.DEBUG || level == LogLevel.TRACE;
        CHATTY.forEach(name -> context.getLogger(name).setLevel(all ? Level.INFO : Level.WARN));
        REPETITIVE.forEach(name -> context.getLogger(name).setLevel(all ? Level.INFO : Level.OFF));
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
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
