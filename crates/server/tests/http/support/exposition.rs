//! OpenMetrics text, read strictly: what a collector would refuse fails the test.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::TestApp;

/// The labels of a series.
type Labels = BTreeMap<String, String>;

/// What a text says.
#[derive(Debug, Default)]
pub(crate) struct Exposition {
    series: BTreeMap<(String, Labels), f64>,
    pub(crate) families: BTreeMap<String, Family>,
}

/// What is said of a metric.
#[derive(Debug, Default)]
pub(crate) struct Family {
    pub(crate) kind: String,
    pub(crate) help: String,
    unit: Option<String>,
}

impl Exposition {
    /// What a server tells now.
    pub(crate) async fn of(app: &TestApp) -> Self {
        let request = http::Request::get("/metrics").body(Body::empty()).unwrap();
        let answer = app.app.metrics_router().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert_eq!(kind, "application/openmetrics-text; version=1.0.0; charset=utf-8");
        let text = answer.into_body().collect().await.unwrap().to_bytes();
        Self::read(std::str::from_utf8(&text).unwrap())
    }

    pub(crate) fn read(text: &str) -> Self {
        let lines = text.strip_suffix("# EOF\n").expect("it ends with an end");
        let (mut read, mut current) = (Exposition::default(), String::new());
        for line in lines.lines() {
            match line.strip_prefix("# ") {
                Some(said) => current = read.describe(said, &current),
                None => read.sample(line, &current),
            }
        }
        read.check_histograms();
        read
    }

    /// HELP, TYPE or UNIT of a metric; its lines stand together.
    fn describe(&mut self, said: &str, current: &str) -> String {
        let mut words = said.splitn(3, ' ');
        let (what, name, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        assert!(name == current || !self.families.contains_key(name), "{name} is said twice");
        let family = self.families.entry(name.to_owned()).or_default();
        match what {
            "HELP" => rest.clone_into(&mut family.help),
            "TYPE" => rest.clone_into(&mut family.kind),
            "UNIT" => family.unit = Some(rest.to_owned()),
            other => panic!("{other} of {name}"),
        }
        name.to_owned()
    }

    fn sample(&mut self, line: &str, current: &str) {
        let (series, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series
            .split_once('{')
            .map_or((series, ""), |(name, labels)| (name, labels.strip_suffix('}').expect("labels end")));
        let family = &self.families[current];
        let suffix = name.strip_prefix(current).expect("a sample stands below its metric");
        let suffixes: &[&str] = match family.kind.as_str() {
            "counter" => &["_total"],
            "gauge" => &[""],
            "histogram" => &["_bucket", "_count", "_sum"],
            "info" => &["_info"],
            other => panic!("{current} is a {other}"),
        };
        assert!(suffixes.contains(&suffix), "{name} of the {} {current}", family.kind);
        if let Some(unit) = &family.unit {
            assert!(current.ends_with(&format!("_{unit}")), "{current} in {unit}");
        }
        let key = (name.to_owned(), labels_of(labels));
        assert!(self.series.insert(key, value.parse().unwrap()).is_none(), "{series} twice");
    }

    /// Buckets add up and end with all there is.
    fn check_histograms(&self) {
        for ((name, labels), count) in &self.series {
            let Some(of) = name.strip_suffix("_count") else { continue };
            let mut buckets = Vec::new();
            for ((bucket, bucket_labels), value) in &self.series {
                let mut others = bucket_labels.clone();
                let Some(bound) = others.remove("le") else { continue };
                if *bucket == format!("{of}_bucket") && others == *labels {
                    buckets.push((bound.parse::<f64>().unwrap(), *value));
                }
            }
            buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(buckets.is_sorted_by_key(|(_, value)| *value), "{name}: {buckets:?}");
            assert_eq!(buckets.last(), Some(&(f64::INFINITY, *count)), "{name}");
        }
    }

    /// The value of a series; one that is not there is a failure.
    pub(crate) fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let labels: Labels = labels.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        let value = self.series.get(&(name.to_owned(), labels));
        *value.unwrap_or_else(|| panic!("no {name} in {:#?}", self.series.keys()))
    }

    /// Whether there is such a series.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.series.keys().any(|(named, _)| named == name)
    }

    /// Every name and value of a label.
    pub(crate) fn labels(&self) -> BTreeSet<(&str, &str)> {
        let all = self.series.keys().flat_map(|(_, labels)| labels);
        all.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// None of our values holds a comma or a quotation mark.
fn labels_of(text: &str) -> Labels {
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}
