// SPDX-License-Identifier: MIT
// GraphHopper on the bench's extract and drives: GraphHopperPeer EXTRACT DRIVES FOLDER. Prints one line of
// JSON; times are this thread's CPU.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.graphhopper.GraphHopper;
import com.graphhopper.config.Profile;
import com.graphhopper.matching.MapMatching;
import com.graphhopper.matching.Observation;
import com.graphhopper.util.GHUtility;
import com.graphhopper.util.PMap;
import com.graphhopper.util.shapes.GHPoint;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

public class GraphHopperPeer {
  static final int ROUNDS = 7;
  static final int WARM_UP = 10;

  public static void main(String[] args) throws Exception {
    GraphHopper hopper = new GraphHopper();
    hopper.setOSMFile(args[0]);
    hopper.setGraphHopperLocation(args[2]);
    hopper.setEncodedValuesString("car_access, car_average_speed");
    hopper.setProfiles(new Profile("car").setCustomModel(GHUtility.loadCustomModelFromJar("car.json")));
    long begin = System.nanoTime();
    hopper.importOrLoad();
    double build = (System.nanoTime() - begin) / 1e9;
    long bytes = 0;
    for (File f : new File(args[2]).listFiles()) bytes += f.length();
    JsonNode drives = new ObjectMapper().readTree(new File(args[1]));
    StringBuilder rates = new StringBuilder();
    for (String interval : List.of("1", "5", "10")) {
      List<Observation> fixes = new ArrayList<>();
      for (JsonNode fix : drives.get(interval)) {
        fixes.add(new Observation(new GHPoint(fix.get(1).asDouble(), fix.get(2).asDouble())));
      }
      rates.append(rates.length() == 0 ? "" : ", ").append(measure(hopper, interval, fixes));
    }
    System.out.printf("{\"build_s\": %.3f, \"bytes\": %d, \"peak_mib\": %.0f, \"rates\": {%s}}%n",
        build, bytes, peakMib(), rates);
  }

  static String measure(GraphHopper hopper, String interval, List<Observation> fixes) {
    List<Double> times = new ArrayList<>();
    int kept = 0;
    for (int i = 0; i < ROUNDS + WARM_UP; i++) {
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      MapMatching matching = MapMatching.fromGraphHopper(hopper, new PMap(Map.of("profile", "car")));
      matching.setMeasurementErrorSigma(10);
      kept = matching.match(fixes).getEdgeMatches().size();
      if (i >= WARM_UP) times.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9);
    }
    double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
    return String.format("\"%s\": {\"fixes_per_s\": %.0f, \"edges\": %d}", interval, fixes.size() / sorted[ROUNDS / 2], kept);
  }

  static double peakMib() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) return Long.parseLong(Arrays.asList(line.split("\\s+")).get(1)) / 1024.0;
    }
    return 0;
  }
}
