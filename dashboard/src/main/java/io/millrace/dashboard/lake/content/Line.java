package io.millrace.dashboard.lake.content;

/**
 * One line of an object.
 *
 * @param number counts from 0
 * @param text without its line break; invalid UTF-8 has become U+FFFD
 * @param bytes the whole line's length; more than the text's where that was cut
 * @param cut whether the text is only the line's beginning
 * @param invalid whether there was invalid UTF-8
 */
public record Line(long number, String text, long bytes, boolean cut, boolean invalid) {}
