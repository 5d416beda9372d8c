package io.millrace.benchmarks.producer;

/** A producer under measurement; one thread sends. */
interface Sender extends AutoCloseable {

    /** Hears, on any thread, of each event that Kinesis has acknowledged or that the producer gave up. */
    interface Acknowledgements {
        void delivered(int event);

        void failed(int event, Throwable cause);
    }

    /** Accepts an event; blocks where the producer's documentation asks its users to wait. */
    void send(int event, String partitionKey, byte[] data);

    /** Called when nothing else is to be done for a moment: a sender without a thread of its own sends what is due. */
    default void idle() {}

    /** Sends what is left, without waiting for it. */
    void flush();

    @Override
    void close();
}
