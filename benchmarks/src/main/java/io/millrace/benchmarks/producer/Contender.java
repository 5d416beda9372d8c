package io.millrace.benchmarks.producer;

import io.millrace.producer.Aggregation;

/** Who is measured, with which settings; {@code benchmarks/producer.md} explains them. */
enum Contender {
    OURS("ours"),
    OURS_AGGREGATED("ours-aggregated"),
    OURS_SIX_SERVICES("ours-6-services"),
    KPL("kpl"),
    KPL_AGGREGATED("kpl-aggregated"),
    SDK("sdk");

    private static final int MANY_KEYS = 10_000;

    final String title;

    Contender(String title) {
        this.title = title;
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
