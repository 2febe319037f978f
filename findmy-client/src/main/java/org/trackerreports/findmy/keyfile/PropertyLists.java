package org.trackerreports.findmy.keyfile;

import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSString;
import java.util.Arrays;

/** Property lists, XML and binary, from people who may mean harm. Stateless and thread-safe. */
final class PropertyLists {

    private PropertyLists() {}

    /**
     * The value as {@link Entry} takes it. Only one level is turned at a time: in a binary property list many places can refer to
     * one object, and turning all of it at once would let a small file grow beyond all bounds.
     */
    static Object plain(Object value) {
        if (value instanceof NSString string) {
            return string.getContent();
        }
        if (value instanceof NSNumber number) {
            return number.toJavaObject();
        }
        if (value instanceof NSData data) {
            return data.bytes();
        }
        if (value instanceof NSDate date) {
            return date.getDate().toInstant();
        }
        if (value instanceof NSArray array) {
            return Arrays.asList(array.getArray());
        }
        if (value instanceof NSDictionary dictionary) {
            return dictionary.getHashMap();
        }
        return value;
    }
}
