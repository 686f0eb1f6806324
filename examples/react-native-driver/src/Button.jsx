import { Pressable, Text } from 'react-native';
import { styles } from './styles.js';

export function Button({ title, onPress, isMain = false, isDisabled = false }) {
  return (
    <Pressable role="button" disabled={isDisabled} onPress={onPress} style={[styles.button, isMain && styles.main]}>
      <Text style={isMain ? styles.mainText : styles.buttonText}>{title}</Text>
    </Pressable>
  );
}
