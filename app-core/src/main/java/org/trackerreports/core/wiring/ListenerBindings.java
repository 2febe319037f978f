package org.trackerreports.core.wiring;

import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Types;
import org.trackerreports.core.event.Listeners;

/** Makes {@link Listeners} of a type injectable. */
public final class ListenerBindings {

    private ListenerBindings() {}

    /**
     * Binds the listeners of a type. No listener is required; a program adds one with a binding to the set of the type.
     *
     * @param type the type of listener
     */
    public static void bind(Binder binder, Class<?> type) {
        Multibinder.newSetBinder(binder, type);
        binder.bind(Key.get(Types.newParameterizedType(Listeners.class, type))).in(Singleton.class);
    }
}
