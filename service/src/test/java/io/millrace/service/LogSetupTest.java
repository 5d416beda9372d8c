package io.millrace.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

class LogSetupTest {

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @AfterEach
    void restore() throws JoranException {
        System.setOut(before);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogSetupTest.class.getResource("/logback-test.xml"));
    }

    private String log(LogSetup setup) {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        setup.apply();
        LoggerFactory.getLogger("io.millrace.Reader").info("read {} records", 3);
        LoggerFactory.getLogger("io.millrace.Reader").debug("details");
        LoggerFactory.getLogger("software.amazon.awssdk.Call").info("called");
        LoggerFactory.getLogger("software.amazon.awssdk.Call").warn("failed");
        LoggerFactory.getLogger("noisy.Library").error("as always");
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void ownLinesFromTheLevelOnAndLibrariesFromWarnings() {
        String log = log(LogSetup.of(LogLevel.INFO, LogFormat.TEXT).mute("noisy"));
        assertTrue(log.contains("INFO  [main] Reader: read 3 records"), log);
        assertTrue(log.contains("failed"), log);
        assertFalse(log.contains("details"), log);
        assertFalse(log.contains("called"), log);
        assertFalse(log.contains("as always"), log);
    }

    @Test
    void debugLetsLibrariesSpeak() {
        String log = log(LogSetup.of(LogLevel.DEBUG, LogFormat.TEXT).mute("noisy"));
        assertTrue(log.contains("details"), log);
        assertTrue(log.contains("called"), log);
        assertTrue(log.contains("as always"), log);
    }

    @Test
    void errorLetsNoWarningThrough() {
        assertFalse(log(LogSetup.of(LogLevel.ERROR, LogFormat.TEXT)).contains("failed"));
    }

    @Test
    void aProcessAddsAFilterOfItsOwn() {
        String log = log(LogSetup.of(LogLevel.INFO, LogFormat.TEXT).filter(new WithoutReader()));
        assertFalse(log.contains("records"), log);
        assertTrue(log.contains("failed"), log);
    }

    @Test
    void jsonHasTheTextAndItsParts() throws IOException {
        String line = log(LogSetup.of(LogLevel.INFO, LogFormat.JSON))
                .lines()
                .findFirst()
                .orElseThrow();
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                fields.put(name, json.getText());
                json.skipChildren();
            }
        }
        assertEquals("read 3 records", fields.get("formattedMessage"));
        assertEquals("read {} records", fields.get("message"));
        assertEquals("INFO", fields.get("level"));
        assertEquals("io.millrace.Reader", fields.get("loggerName"));
        assertTrue(fields.containsKey("timestamp"), line);
    }

    private static final class WithoutReader extends TurboFilter {
        @Override
        public FilterReply decide(
                Marker marker,
                ch.qos.logback.classic.Logger logger,
                ch.qos.logback.classic.Level level,
                String format,
                Object[] arguments,
                Throwable thrown) {
            return logger.getName().endsWith("Reader") ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}
