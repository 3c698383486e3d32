"""Reads the original model from the unpacked wheel in argv[1]; writes its parts to argv[2], and to argv[4] what it says of the
texts in argv[3] (a JSON list). Runs with exactly the scikit-learn that the model was saved with."""
import json
import sys
from pathlib import Path

import joblib

wheel, parts, texts, answers = map(Path, sys.argv[1:])
data = wheel / "profanity_check" / "data"
vectorizer = joblib.load(data / "vectorizer.joblib")
model = joblib.load(data / "model.joblib")

settings = vectorizer.get_params()
expected = dict(analyzer="word", binary=False, lowercase=True, ngram_range=(1, 1), norm="l2", strip_accents=None,
                sublinear_tf=False, token_pattern=r"(?u)\b\w\w+\b", use_idf=True)
for name, value in expected.items():
    assert settings[name] == value, f"the vectorizer's {name} is {settings[name]}"

vocabulary = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
classifiers = []
for fold in model.calibrated_classifiers_:
    assert fold.method == "sigmoid" and len(fold.calibrators) == 1
    classifiers.append({
        "coefficients": fold.estimator.coef_[0].tolist(),
        "intercept": float(fold.estimator.intercept_[0]),
        "slope": float(fold.calibrators[0].a_),
        "offset": float(fold.calibrators[0].b_),
    })
parts.write_text(json.dumps({"words": vocabulary, "rarity": vectorizer.idf_.tolist(), "classifiers": classifiers}))
asked = json.loads(texts.read_text(encoding="utf-8"))
probabilities = model.predict_proba(vectorizer.transform(asked))[:, 1].tolist()
answers.write_text(json.dumps(probabilities))
