package io.weir.cache;

import io.weir.config.ConfigException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * LangChain4j's quantized all-MiniLM-L6-v2, an English model of 22 million parameters, run in this
 * process. It and what it needs are 130 MB of jars, which are no part of Weir: they are loaded from
 * a directory, apart from everything else, only where they are asked for.
 */
final class MiniLm implements Embedder {
    private static final String MODEL =
            "dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel";

    private static final String RESPONSE = "dev.langchain4j.model.output.Response";
    private static final String EMBEDDING = "dev.langchain4j.data.embedding.Embedding";

    /** Its native parts can be in a process once only. */
    private static final Map<Path, MiniLm> LOADED = new ConcurrentHashMap<>();

    private final MethodHandle embed;
    private final MethodHandle content;
    private final MethodHandle vector;

    private MiniLm(MethodHandle embed, MethodHandle content, MethodHandle vector) {
        this.embed = embed;
        this.content = content;
        this.vector = vector;
    }

    /**
     * Loads it, which takes about a second.
     *
     * @param library where the jars are
     * @throws ConfigException saying what to do, where they are not
     */
    static MiniLm load(Path library) {
        return LOADED.computeIfAbsent(library.toAbsolutePath().normalize(), MiniLm::loaded);
    }

    private static MiniLm loaded(Path library) {
        List<URL> jars = jars(library);
        // Its tokenizer asks the network for nothing, and unpacks its native part beside the jars.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("DJL_CACHE_DIR", library.resolve("unpacked").toString());
        try {
            return load(
                    new URLClassLoader(
                            "semantic-cache",
                            jars.toArray(URL[]::new),
                            ClassLoader.getPlatformClassLoader()));
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    "cache.semantic: the model cannot be loaded from the jars in %s (%s). %s"
                            .formatted(library, cause, howTo(library)));
        }
    }

    @Override
    public float[] embed(String text) throws EmbeddingFailure {
        try {
            Object found = content.invoke(embed.invoke(text));
            return normal((float[]) vector.invoke(found));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EmbeddingFailure(e);
        }
    }

    private static MiniLm load(ClassLoader loader) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> model = loader.loadClass(MODEL);
        Class<?> response = loader.loadClass(RESPONSE);
        Class<?> embedding = loader.loadClass(EMBEDDING);
        Object instance = instance(model);
        return new MiniLm(
                lookup.findVirtual(model, "embed", MethodType.methodType(response, String.class))
                        .bindTo(instance),
                lookup.findVirtual(response, "content", MethodType.methodType(Object.class)),
                lookup.findVirtual(embedding, "vector", MethodType.methodType(float[].class)));
    }

    /** It looks for its files through the thread's class loader. */
    private static Object instance(Class<?> model) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(model.getClassLoader());
        try {
            return model.getConstructor().newInstance();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<URL> jars(Path library) {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(library)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jar")).toList()) {
                jars.add(file.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every path is a URL", e);
        } catch (IOException e) {
            throw new ConfigException(
                    "cache.semantic.library: %s cannot be read. %s"
                            .formatted(library, howTo(library)));
        }
        if (jars.isEmpty()) {
            throw new ConfigException(
                    "cache.semantic.library: there are no jars in %s. %s"
                            .formatted(library, howTo(library)));
        }
        return jars;
    }

    private static String howTo(Path library) {
        return "Put the model's jars there with: mvn -f deploy/semantic-cache.xml dependency:copy-dependencies -DoutputDirectory="
                + library.toAbsolutePath();
    }

    private static float[] normal(float[] vector) {
        double squares = 0;
        for (float each : vector) {
            squares += each * each;
        }
        float length = (float) Math.sqrt(squares);
        float[] normal = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            normal[i] = length == 0 ? 0 : vector[i] / length;
        }
        return normal;
    }
}
