package io.millrace.benchmarks.producer;

import io.millrace.producer.Aggregation;

/** Who is measured, with which settings; {@code benchmarks/README.md} explains them. */
enum Contender {
    OURS("ours", "Millrace, one event a record"),
    OURS_AGGREGATED("ours-aggregated", "Millrace, PRODUCER_AGGREGATION=kpl"),
    OURS_SIX_SERVICES("ours-6-services", "Millrace, default settings, 6 partition keys"),
    KPL("kpl", "KPL 1.1.1, aggregation off"),
    KPL_AGGREGATED("kpl-aggregated", "KPL 1.1.1, aggregation on"),
    SDK("sdk", "PutRecords of 500 in a loop, one thread");

    private static final int MANY_KEYS = 10_000;

    final String title;
    final String description;

    Contender(String title, String description) {
        this.title = title;
        this.description = description;
    }

    static Contender named(String title) {
        for (Contender contender : values()) {
            if (contender.title.equals(title)) {
                return contender;
            }
        }
        throw new IllegalArgumentException("no contender is called " + title);
    }

    /** How many partition keys its events have. */
    int keys() {
        return this == OURS_SIX_SERVICES ? 6 : MANY_KEYS;
    }

    Sender open(Target target, Sender.Acknowledgements acknowledgements) {
        return switch (this) {
            case OURS -> new MillraceSender(target, acknowledgements, c -> c.aggregation(Aggregation.NONE));
            case OURS_AGGREGATED -> new MillraceSender(target, acknowledgements, c -> c.aggregation(Aggregation.KPL));
            case OURS_SIX_SERVICES -> new MillraceSender(target, acknowledgements, c -> c);
            case KPL -> new KplSender(target, acknowledgements, false);
            case KPL_AGGREGATED -> new KplSender(target, acknowledgements, true);
            case SDK -> new SdkSender(target, acknowledgements);
        };
    }
}
