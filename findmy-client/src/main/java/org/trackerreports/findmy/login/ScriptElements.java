package org.trackerreports.findmy.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the script elements of an HTML page. Goes over the page once, so that a hostile page costs no more than its length. */
final class ScriptElements {

    private ScriptElements() {}

    /**
     * The contents of the script elements whose tag contains a word, such as the name of a class.
     *
     * @param page the HTML
     * @param word the word
     */
    static List<String> in(String page, String word) {
        // Only ASCII letters change, so that the positions stay the same.
        String lower = page.toLowerCase(Locale.ROOT).length() == page.length() ? page.toLowerCase(Locale.ROOT) : page;
        List<String> contents = new ArrayList<>();
        int start = lower.indexOf("<script");
        while (start >= 0) {
            int begin = lower.indexOf('>', start);
            int end = begin < 0 ? -1 : lower.indexOf("</script", begin);
            if (end < 0) {
                break;
            }
            if (lower.substring(start, begin).contains(word)) {
                contents.add(page.substring(begin + 1, end));
            }
            start = lower.indexOf("<script", end);
        }
        return contents;
    }
}
