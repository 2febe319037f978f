package org.trackerreports.findmy.login;

/** Apple IDs as people type or paste them. */
public final class AppleIds {

    private AppleIds() {}

    /**
     * An Apple ID without the blanks around it, also those that cannot be seen and come with pasting.
     *
     * @param typed what a person typed or pasted
     * @return the Apple ID; empty if there was nothing else
     */
    public static String withoutBlanks(String typed) {
        int begin = 0;
        int end = typed.length();
        while (begin < end && isBlank(typed.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(typed.charAt(end - 1))) {
            end--;
        }
        return typed.substring(begin, end);
    }

    /** Spaces of any kind, control characters, and marks without width such as a byte-order mark. */
    static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
