package io.millrace.ingest.http;

/** A request that ends with a refusal. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    RefusedException(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    RefusedException(int status, String problem) {
        this(Answer.problem(status, problem));
    }

    Answer answer() {
        return answer;
    }
}
