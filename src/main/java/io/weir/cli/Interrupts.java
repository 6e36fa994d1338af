package io.weir.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Where Ctrl-C comes from. */
interface Interrupts {
    /** While the result is open, Ctrl-C runs {@code onInterrupt} instead of ending the process. */
    Watch watch(Runnable onInterrupt);

    /** Ends the watching. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Nobody presses Ctrl-C. */
    static Interrupts none() {
        return onInterrupt -> () -> {};
    }

    /**
     * The process's SIGINT. The JDK's only way to it is {@code sun.misc.Signal}, whose every
     * mention is a warning no annotation silences; hence by reflection. Without it Ctrl-C ends the
     * process.
     */
    static Interrupts system() {
        return onInterrupt -> {
            try {
                Class<?> signalType = Class.forName("sun.misc.Signal");
                Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
                Object signal = signalType.getConstructor(String.class).newInstance("INT");
                Object handler =
                        Proxy.newProxyInstance(
                                Interrupts.class.getClassLoader(),
                                new Class<?>[] {handlerType},
                                (proxy, method, arguments) -> {
                                    onInterrupt.run();
                                    return null;
                                });
                var handle = signalType.getMethod("handle", signalType, handlerType);
                Object before = handle.invoke(null, signal, handler);
                return () -> {
                    try {
                        handle.invoke(null, signal, before);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalStateException("cannot give SIGINT back", e);
                    }
                };
            } catch (ReflectiveOperationException e) {
                return () -> {};
            }
        };
    }
}
