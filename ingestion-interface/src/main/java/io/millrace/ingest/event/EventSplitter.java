package io.millrace.ingest.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the events in a request's body: the elements of a JSON array, those of an object's array {@code logs}, or JSON objects
 * one after the other, as lines or not. Each event's bytes stay as they came. Thread-safe.
 */
public final class EventSplitter {
    private static final String LOGS = "logs";

    private final JsonFactory json = new JsonFactory();
    private final int maxEvents;

    public EventSplitter(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    /** @throws UnreadableException for what is no JSON at all, empty, or too much */
    public SplitEvents split(byte[] body) throws UnreadableException {
        try {
            return new Splitting(body).run();
        } catch (JsonParseException e) {
            throw UnreadableException.malformed("no JSON: " + reason(e));
        } catch (IOException e) {
            throw UnreadableException.malformed("no JSON: " + e.getMessage());
        }
    }

    private static String reason(JsonParseException e) {
        return e.getOriginalMessage() + " at byte " + e.getLocation().getByteOffset();
    }

    private final class Splitting {
        private final byte[] body;
        private final List<SplitEvents.Found> events = new ArrayList<>();
        private final List<SplitEvents.Problem> problems = new ArrayList<>();
        private int index;

        Splitting(byte[] body) {
            this.body = body;
        }

        SplitEvents run() throws IOException, UnreadableException {
            try (JsonParser parser = json.createParser(body)) {
                JsonToken first = parser.nextToken();
                if (first == null) {
                    throw UnreadableException.malformed("the body is empty");
                }
                if (first == JsonToken.START_ARRAY) {
                    elements(parser);
                    return done(parser);
                }
            }
            return wrapped() ? new SplitEvents(events, problems) : lines();
        }

        /** An object whose array {@code logs} holds the events, if the body is one. */
        private boolean wrapped() throws IOException, UnreadableException {
            try (JsonParser parser = json.createParser(body)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return false;
                }
                boolean found = false;
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean logs = parser.currentName().equals(LOGS);
                    if (parser.nextToken() == JsonToken.START_ARRAY && logs) {
                        elements(parser);
                        found = true;
                    } else {
                        parser.skipChildren();
                    }
                }
                if (found) {
                    done(parser);
                }
                return found;
            } catch (JsonParseException e) {
                if (index > 0) {
                    throw e;
                }
                return false;
            }
        }

        private void elements(JsonParser parser) throws IOException, UnreadableException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element(parser, 0);
            }
        }

        private SplitEvents done(JsonParser parser) throws IOException, UnreadableException {
            if (parser.nextToken() != null) {
                throw UnreadableException.malformed("more after the end of the events at byte "
                        + parser.currentTokenLocation().getByteOffset());
            }
            return new SplitEvents(events, problems);
        }

        /** Objects one after the other; after one that is malformed, the next line begins anew. */
        private SplitEvents lines() throws UnreadableException {
            int from = 0;
            while (from < body.length) {
                from = run(from);
            }
            if (events.isEmpty()) {
                throw UnreadableException.malformed(
                        "no event: " + problems.get(0).reason());
            }
            return new SplitEvents(events, problems);
        }

        /** Takes objects from byte {@code from} on as long as they are well-formed; answers where to go on. */
        private int run(int from) throws UnreadableException {
            int start = from;
            try (JsonParser parser = json.createParser(body, from, body.length - from)) {
                while (parser.nextToken() != null) {
                    start = from + (int) parser.currentTokenLocation().getByteOffset();
                    element(parser, from);
                }
                return body.length;
            } catch (IOException e) {
                String reason = e instanceof JsonParseException p ? p.getOriginalMessage() : e.getMessage();
                problem("no JSON: " + reason);
                return nextLine(start);
            }
        }

        private int nextLine(int from) {
            int at = from;
            while (at < body.length && body[at] != '\n') {
                at++;
            }
            return at + 1;
        }

        private void element(JsonParser parser, int offset) throws IOException, UnreadableException {
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            int from = offset + (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int to = offset + (int) parser.currentLocation().getByteOffset();
            if (object) {
                events.add(new SplitEvents.Found(next(), Arrays.copyOfRange(body, from, to)));
            } else {
                problem("no JSON object");
            }
        }

        private void problem(String reason) throws UnreadableException {
            problems.add(new SplitEvents.Problem(next(), reason));
        }

        private int next() throws UnreadableException {
            if (index == maxEvents) {
                throw UnreadableException.tooMany(maxEvents);
            }
            return index++;
        }
    }
}
